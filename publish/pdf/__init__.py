"""The PDF as a reader of paper and a reader of tags find it, where Typst does not answer for it by itself."""
