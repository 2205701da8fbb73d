"""Measurements of speed, memory and weight, each beside a bare control in the same run."""
