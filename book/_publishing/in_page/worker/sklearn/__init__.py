"""The four functions of scikit-learn that the chapters use, for a page without scikit-learn.

They return what scikit-learn returns, to the last digit; the build's tests compare them. Written
anew from what its documentation and its results say.
"""
