"""The web page finished: data, figure tools, policy."""
