"""Files of registered claims in; claims found, filtered and written as text, out."""
