"""Computing the attendance of a whole series anew from its evidence; needs numpy, the web does not.

Nothing that a web process imports may import this: it would cost each of them the memory of numpy.
"""
