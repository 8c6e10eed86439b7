"""The layer that holds other people's code against exact values: adapters, probing, reports."""
