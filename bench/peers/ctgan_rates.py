"""Trains CTGAN with its defaults and measures it: `python ctgan_rates.py TABLE.csv SETTINGS.json`.

Settings: `discrete` (column names), `epochs` (measured, after one to warm up), `sample` (rows). Prints JSON.
"""

import json
import os
import sys
import time

import ctgan
import pandas as pd
import torch
from ctgan.synthesizers import ctgan as implementation

path, settings_path = sys.argv[1:]
with open(settings_path) as file:
    settings = json.load(file)

# Categories stay text, "NA" and the like included; an empty field is a category of its own.
types = {name: str for name in settings["discrete"]}
table = pd.read_csv(path, dtype=types, keep_default_na=False)

begins = []


def watched(epochs, **_):
    """Stands for the progress bar around CTGAN's epochs: notes when each begins, and when the last has ended."""

    class Epochs:
        def __iter__(self):
            for epoch in epochs:
                begins.append(time.perf_counter())
                yield epoch
            begins.append(time.perf_counter())

        def set_description(self, _):
            pass

    return Epochs()


implementation.tqdm = watched

torch.manual_seed(1)
model = ctgan.CTGAN(epochs=settings["epochs"] + 1)
start = time.perf_counter()
model.fit(table, settings["discrete"])
measured = begins[-1] - begins[1]

model.sample(1000)
before = time.perf_counter()
model.sample(settings["sample"])
sampling = time.perf_counter() - before

print(
    json.dumps(
        {
            "version": ctgan.__version__,
            "torch": torch.__version__,
            "threads": torch.get_num_threads(),
            "cores": os.cpu_count(),
            "preparation": begins[0] - start,
            "trainingRate": len(table) * settings["epochs"] / measured,
            "samplingRate": settings["sample"] / sampling,
        }
    )
)
