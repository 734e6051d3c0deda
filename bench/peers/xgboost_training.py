"""Trains on the matrix of the benchmark with Python's xgboost. Prints one line of JSON; writes the margins as float32.

usage: xgboost_training.py FOLDER   (holds job.json, rows.f32, labels.f32; margins.f32 is written there)
"""

import json
import sys
import time
from pathlib import Path

import numpy
import xgboost

folder = Path(sys.argv[1])
job = json.loads((folder / "job.json").read_text())
rows = numpy.fromfile(folder / "rows.f32", dtype=numpy.float32).reshape(job["rows"], job["columns"])
labels = numpy.fromfile(folder / "labels.f32", dtype=numpy.float32)
started = time.perf_counter()
matrix = xgboost.DMatrix(rows, label=labels, nthread=int(job["parameters"]["nthread"]))
booster = xgboost.train(job["parameters"], matrix, num_boost_round=job["rounds"])
margins = booster.predict(matrix, output_margin=True)
seconds = time.perf_counter() - started
margins.astype(numpy.float32).tofile(folder / "margins.f32")
print(json.dumps({"version": xgboost.__version__, "seconds": seconds}))
