"""The models, each behind one protocol: fit on a part, then give a raw score and P(UP) for rows."""
