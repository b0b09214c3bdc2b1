"""
Learning on a flowbars dataset: models, how they are judged, and the placebos that must be clean. It computes no
feature and chooses no row.
"""
