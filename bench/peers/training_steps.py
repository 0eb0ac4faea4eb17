"""Measures training steps in PyTorch: `python training_steps.py SETTINGS.json`. Prints JSON.

Settings: `steps` measured of each, after as many as `warm` to warm up; `compile`: torch.compile as well.
The networks, losses and optimiser are those of bench/compute.bench.ts (critic) and bench/steps/discriminator.ts.
"""

import json
import os
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

with open(sys.argv[1]) as file:
    settings = json.load(file)

torch.manual_seed(1)


class Critic(nn.Module):
    """300-256-256-1, Wasserstein loss with gradient penalty (Gulrajani et al. 2017), batch 500."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(300, 256), nn.LeakyReLU(0.2), nn.Linear(256, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1)
        )

    def forward(self, x):
        return self.layers(x)

    def given(self):
        return torch.rand(500, 300), torch.randn(500, 300), torch.rand(500, 1)

    @staticmethod
    def loss(score, slope_of, real, fake, mixing):
        between = real + mixing * (fake - real)
        slope = slope_of(between)
        norm = torch.sqrt(torch.sum(torch.square(slope), 1) + 1e-12)
        return score(fake).mean() - score(real).mean() + 10 * torch.square(norm - 1).mean()


class Discriminator(nn.Module):
    """Four convolutions of 3 × 3 with stride 2, padded below and to the right as TensorFlow does; R1 penalty of weight 10."""

    def __init__(self):
        super().__init__()
        widths = [1, 32, 64, 128, 256]
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2) for a, b in zip(widths, widths[1:]))
        self.last = nn.Linear(4 * 4 * 256, 1)

    def forward(self, x):
        for layer in self.layers:
            x = F.leaky_relu(layer(F.pad(x, (0, 1, 0, 1))), 0.2)
        return self.last(x.flatten(1))

    def given(self):
        return torch.rand(16, 1, 64, 64), torch.randn(16, 1, 64, 64)

    @staticmethod
    def loss(score, slope_of, real, generated):
        slope = slope_of(real)
        telling = F.softplus(-score(real)).mean() + F.softplus(score(generated)).mean()
        return telling + 5 * torch.square(slope).sum() / real.shape[0]


def eager(model, optimiser, given):
    def slope_of(x):
        x = x.detach().requires_grad_()
        return torch.autograd.grad(model(x).sum(), x, create_graph=True)[0]

    def step():
        optimiser.zero_grad()
        loss = model.loss(model, slope_of, *given)
        loss.backward()
        optimiser.step()
        return loss

    return step


def compiled(model, optimiser, given):
    """The loss and its gradient as one function, since torch.compile cannot differentiate twice from outside."""
    parameters = dict(model.named_parameters())

    def loss(values, *inputs):
        def score(x):
            return torch.func.functional_call(model, values, (x,))

        return model.loss(score, torch.func.grad(lambda x: score(x).sum()), *inputs)

    whole = torch.compile(torch.func.grad_and_value(loss))

    def step():
        gradients, value = whole(parameters, *given)
        for name, parameter in parameters.items():
            parameter.grad = gradients[name].detach()
        optimiser.step()
        return value

    return step


def measure(kind, mode):
    torch.manual_seed(1)
    model = kind()
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-4, betas=(0.5, 0.9), eps=1e-8)
    given = model.given()
    try:
        begin = time.perf_counter()
        step = mode(model, optimiser, given)
        first = step().item()
        warm = time.perf_counter() - begin
        for _ in range(settings["warm"]):
            step()
        times = []
        for _ in range(settings["steps"]):
            before = time.perf_counter()
            last = step().item()
            times.append(time.perf_counter() - before)
    except Exception as error:  # torch.compile needs a compiler, and does not know every function
        return {"reason": (str(error).strip() or type(error).__name__).splitlines()[0]}
    if not last < first:
        return {"reason": "the loss does not fall"}
    return {"stepMs": 1000 * statistics.median(times), "firstMs": 1000 * warm}


modes = {"eager": eager, **({"compiled": compiled} if settings["compile"] else {})}
result = {
    name: {mode: measure(kind, run) for mode, run in modes.items()}
    for name, kind in {"critic": Critic, "discriminator": Discriminator}.items()
}
print(
    json.dumps(
        {
            "torch": torch.__version__,
            "threads": torch.get_num_threads(),
            "cores": os.cpu_count(),
            "steps": result,
        }
    )
)
