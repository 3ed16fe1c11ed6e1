"""Text: lines of packed or plain files, and tables of counts."""
