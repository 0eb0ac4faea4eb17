"""The same figures by numpy and scikit-learn, for interop.test.ts: tables come as JSON on standard input.

Accuracy follows the text of bins.ts, not its code: heavy values and quantile bins are found with numpy.
"""

import itertools
import json
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import r2_score, roc_auc_score


def bin_numbers(real, other):
    values, counts = np.unique(real[~np.isnan(real)], return_counts=True)
    if len(values) <= 10:
        points, edges = list(values), []
    else:
        heavy = np.zeros(len(values), bool)
        while True:
            fill = counts[~heavy].sum() / (10 - heavy.sum())
            found = ~heavy & (counts >= fill)
            if not found.any():
                break
            heavy |= found
        points = list(values[heavy])
        light, weights = values[~heavy], counts[~heavy]
        left, bins, filled, edges = weights.sum(), 10 - int(heavy.sum()), 0, []
        for value, count in zip(light, weights):
            if filled > 0 and bins > 1 and filled + count / 2 > left / bins:
                left, bins, filled = left - filled, bins - 1, 0
            if filled == 0:
                edges.append(value)
            filled += count
    codes = np.empty(len(other), int)
    for row, value in enumerate(other):
        if np.isnan(value):
            codes[row] = 99
        elif value in points:
            codes[row] = points.index(value)
        elif edges:
            codes[row] = 20 + max(0, int(np.searchsorted(edges, value, side="right")) - 1)
        else:
            codes[row] = int(np.argmin(np.abs(np.array(points) - value)))
    return codes


def bin_categories(real, other):
    known = [value for value in real if value is not None]
    names = sorted(set(known), key=lambda name: (-known.count(name), name))[:10]
    return np.array([99 if value is None else names.index(value) if value in names else 10 for value in other])


def accuracy(real, other):
    coded = []
    for name in real:
        if isinstance(next(v for v in real[name] if v is not None), str):
            coded.append([bin_categories(real[name], table[name]) for table in (real, other)])
        else:
            as_floats = [np.array(table[name], float) for table in (real, other)]
            coded.append([bin_numbers(as_floats[0], each) for each in as_floats])
    result = []
    for order in (1, 2, 3):
        found = []
        for columns in itertools.combinations(coded, order):
            shares = []
            for side in (0, 1):
                joint = sum(column[side] * 100**place for place, column in enumerate(columns))
                cells, counts = np.unique(joint, return_counts=True)
                shares.append(dict(zip(cells.tolist(), (counts / len(joint)).tolist())))
            cells = shares[0].keys() | shares[1].keys()
            found.append(1 - sum(abs(shares[0].get(c, 0) - shares[1].get(c, 0)) for c in cells) / 2)
        result.append(float(np.mean(found)))
    return result


def boosted_auc(training, test, target, positive):
    names = [name for name in training if name != target]

    def encode(table):
        columns = []
        for name in names:
            values = table[name]
            if isinstance(next(v for v in training[name] if v is not None), str):
                known = {v: i for i, v in enumerate(sorted({v for v in training[name] if v is not None}))}
                columns.append([np.nan if v is None else known.get(v, np.nan) for v in values])
            else:
                columns.append(values)
        return np.array(columns, float).T

    categorical = [isinstance(next(v for v in training[n] if v is not None), str) for n in names]
    model = HistGradientBoostingClassifier(random_state=0, categorical_features=categorical)
    model.fit(encode(training), np.array(training[target]) == positive)
    chances = model.predict_proba(encode(test))[:, 1]
    return float(roc_auc_score(np.array(test[target]) == positive, chances))


request = json.load(sys.stdin)
print(
    json.dumps(
        {
            "auc": float(roc_auc_score(request["positive"], request["scores"])),
            "r2": float(r2_score(request["scores"], request["predicted"])),
            "accuracy": accuracy(request["people"][0], request["people"][1]),
            "boosted": [boosted_auc(**each) for each in request["tasks"]],
        }
    )
)
