"""Load and check the data package: files, schema, rules between tables, study, dates, published numbers."""
