"""Every check of the rendered paper."""
