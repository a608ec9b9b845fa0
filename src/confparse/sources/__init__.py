"""Files to Source: PDF, Word, HTML and plain text, each read into the text that everything below works on."""
