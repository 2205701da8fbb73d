"""Figures: published numbers with one definition whose parts add up."""
