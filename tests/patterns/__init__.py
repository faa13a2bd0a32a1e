"""Every regular expression of the project, tried against strings made to hurt it, in counted steps."""
