"""The files of a submission in; what each holds, what is wrong with them one by one and together, out."""
