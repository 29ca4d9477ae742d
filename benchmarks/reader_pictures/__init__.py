"""Made pictures that judge the digit reader; no network learns from any of them."""
