"""Foundations without any knowledge of the areas."""
