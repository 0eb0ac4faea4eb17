#!/usr/bin/env python3
"""Writes resources/dicom/head-surface.json: how far each point lies from the surface of an average head.

    pip install numpy scipy nibabel && pip download --no-deps pydeface==2.1.0 && unzip pydeface-*.whl
    python scripts/dicom/head-surface.py pydeface/data/mean_reg2mean.nii.gz

The head is the template of PyDeface, the mean of many MRs (MIT, see resources/dicom/FACE-SOURCES.md).
"""
import base64
import json
import sys

import nibabel
import numpy as np
from scipy import ndimage

STEP = 4  # mm between points of the grid
UNIT = 0.5  # mm of one step of a distance
SKIN = 90  # of the template's values, between ghosts in the air and skin
DARK = 28  # planes at the bottom, in which the signal fades

image = nibabel.as_closest_canonical(nibabel.load(sys.argv[1]))
spacing = image.header.get_zooms()[:3]
tissue = np.asanyarray(image.dataobj)[:, :, DARK:] > SKIN
# The template ends below the mouth: there the neck goes on, it has no surface.
below = 60
tissue = np.pad(tissue, ((0, 0), (0, 0), (below, 0)), mode='edge')
for plane in range(tissue.shape[2]):
    tissue[:, :, plane] = ndimage.binary_fill_holes(tissue[:, :, plane])
# Ghosts in front of the eyes hang on by threads.
pieces, _ = ndimage.label(ndimage.binary_opening(tissue, iterations=3))
head = pieces == np.argmax(np.bincount(pieces.ravel())[1:]) + 1
around = ndimage.distance_transform_edt(~head, spacing) - ndimage.distance_transform_edt(head, spacing)
around = around[:, :, below:]

size = [int(np.ceil(n * s / STEP)) for n, s in zip(around.shape, spacing)]
at = np.meshgrid(*[np.arange(n) * STEP / s for n, s in zip(size, spacing)], indexing='ij')
coarse = ndimage.map_coordinates(around, at, order=1, mode='nearest')
# DICOM's axes: to the left, to the back, to the head.
coarse = coarse[::-1, ::-1, :]
corner = image.affine[:3, 3] + [0, 0, DARK * spacing[2]]
origin = [
    -(corner[0] + (size[0] - 1) * STEP),
    -(corner[1] + (size[1] - 1) * STEP),
    corner[2],
]
units = np.clip(np.round(coarse / UNIT), -127, 127).astype(np.int8)
json.dump(
    {
        'step': STEP,
        'unit': UNIT,
        'origin': [round(float(o), 2) for o in origin],
        'size': size,
        # x runs fastest.
        'distances': base64.b64encode(units.transpose(2, 1, 0).tobytes()).decode(),
    },
    open('resources/dicom/head-surface.json', 'w'),
)
