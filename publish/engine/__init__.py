"""From source to PDF and page: Quarto, or pandoc and Typst."""
