"""Measurements that `make bench` runs; each module measures one thing."""
