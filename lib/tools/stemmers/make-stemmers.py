"""Writes lib/text/stemmers/*.ts from the Python stemmers that Snowball's compiler made.

    pip download --no-deps --no-binary :all: snowballstemmer==3.1.1
    tar xzf snowballstemmer-3.1.1.tar.gz
    python3 lib/tools/stemmers/make-stemmers.py snowballstemmer-3.1.1

Statement for statement: what the Python does, the TypeScript does. An exception `lab0` becomes a jump out of a labelled
block, since Python has no labels and JavaScript has. Anything that the compiler never writes stops this script.
"""

import ast
import json
import pathlib
import shutil
import sys

LANGUAGES = ["english", "german", "french", "spanish", "italian", "portuguese", "dutch", "swedish"]
HERE = pathlib.Path(__file__).resolve().parent
ROOM = HERE.parent.parent / "text" / "stemmers"

COMPARE = {
    ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "===", ast.IsNot: "!==",
}
BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


def camel(name):
    head, *rest = name.strip("_").split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


class Method:
    """One routine."""

    def __init__(self, name, class_name):
        self.name = name
        self.class_name = class_name
        self.labels = []
        self.loops = []
        self.count = 0
        self.declared = set()

    def expr(self, node):
        match node:
            case ast.Constant(value=bool() as value):
                return "true" if value else "false"
            case ast.Constant(value=None):
                return "undefined"
            case ast.Constant(value=value):
                return json.dumps(value, ensure_ascii=False)
            case ast.Name(id="self"):
                return "this"
            case ast.Name(id=name):
                return camel(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if owner == self.class_name:
                return constant(attr)
            case ast.Attribute(value=ast.Name(id="self"), attr=attr):
                return f"this.{camel(attr)}"
            case ast.Call(func=ast.Name(id="len"), args=[arg]):
                return f"{self.expr(arg)}.length"
            case ast.Call(func=func, args=args, keywords=[]):
                return f"{self.expr(func)}({', '.join(map(self.expr, args))})"
            case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[right]):
                return f"!{self.expr(right)}.includes({self.expr(left)})"
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return f"{self.expr(left)} {COMPARE[type(op)]} {self.expr(right)}"
            case ast.BinOp(left=left, op=op, right=right):
                return f"{self.expr(left)} {BINARY[type(op)]} {self.expr(right)}"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.expr(operand)
                return f"!{inner}" if isinstance(operand, (ast.Call, ast.Attribute)) else f"!({inner})"
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return f"-{self.expr(operand)}"
            case ast.BoolOp(op=op, values=values):
                return (" || " if isinstance(op, ast.Or) else " && ").join(map(self.expr, values))
            case ast.Tuple(elts=elements):
                return f"[{', '.join(map(self.expr, elements))}]"
            case ast.Subscript(value=value, slice=index):
                return f"{self.expr(value)}[{self.expr(index)}]{'' if is_current(value) else '!'}"
        raise SystemExit(f"unknown expression: {ast.dump(node)}")

    def block(self, nodes):
        return "".join(map(self.statement, nodes))

    def statement(self, node):
        match node:
            case ast.Return(value=value):
                return f"return {self.expr(value)};\n"
            case ast.Expr(value=value):
                return f"{self.expr(value)};\n"
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.declared.add(f"{camel(name)}: {type_of(value)}")
                return f"{camel(name)} = {self.expr(value)};\n"
            case ast.Assign(targets=[target], value=value):
                return f"{self.expr(target)} = {self.expr(value)};\n"
            case ast.AugAssign(target=target, op=op, value=value):
                return f"{self.expr(target)} {BINARY[type(op)]}= {self.expr(value)};\n"
            case ast.Pass():
                return ""
            case ast.Break():
                self.loops[-1][1] = True
                return f"break {self.loops[-1][0]};\n"
            case ast.Continue():
                self.loops[-1][2] = True
                return f"continue {self.loops[-1][0]};\n"
            case ast.If(test=test, body=body, orelse=orelse):
                out = f"if ({self.expr(test)}) {{\n{self.block(body)}}}"
                if len(orelse) == 1 and isinstance(orelse[0], ast.If):
                    return f"{out} else {self.statement(orelse[0])}"
                return out + (f" else {{\n{self.block(orelse)}}}\n" if orelse else "\n")
            case ast.While(test=test, body=body, orelse=[]):
                return self.loop(test, body)
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name), args=[])):
                label = next(label for caught, label in reversed(self.labels) if caught == name)
                return f"break {label};\n"
            case ast.Try(body=body, handlers=[handler], orelse=[], finalbody=[]) if self.block(handler.body) == "":
                self.count += 1
                label = f"{handler.type.id}n{self.count}"
                self.labels.append((handler.type.id, label))
                inner = self.block(body)
                self.labels.pop()
                return f"{label}: {{\n{inner}}}\n"
        raise SystemExit(f"unknown statement: {ast.dump(node)}")

    def loop(self, test, body):
        self.count += 1
        state = [f"loop{self.count}", False, False]
        self.loops.append(state)
        inner = self.block(body)
        self.loops.pop()
        label = f"{state[0]}: " if state[1] or state[2] else ""
        is_once = isinstance(test, ast.Constant) and not state[2] and leaves(body[-1])
        if is_once:
            return f"{label}{{\n{inner}}}\n"
        return f"{label}while ({self.expr(test)}) {{\n{inner}}}\n"


def type_of(value):
    match value:
        case ast.Call(func=ast.Attribute(attr="slice_to" | "assign_to")):
            return "string"
        case ast.Constant(value=bool()):
            return "boolean"
    return "number"


def is_current(node):
    return isinstance(node, ast.Attribute) and node.attr == "current"


def leaves(node):
    return isinstance(node, (ast.Break, ast.Return))


def constant(attr):
    return attr.removeprefix("g_").upper()


def method(node, class_name):
    name = "stem" if node.name == "_stem" else camel(node.name)
    made = Method(name, class_name)
    body = made.block(node.body)
    variables = "".join(f"let {variable};\n" for variable in sorted(made.declared))
    access = "protected override" if name == "stem" else "private"
    return f"{access} {name}(): boolean {{\n{variables}{body}}}\n"


def translate(source, name):
    tree = ast.parse(source)
    top = source.splitlines()[0].lstrip("# ")
    cls = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    constants, fields, methods = [], [], []
    for node in cls.body:
        match node:
            case ast.Expr():
                pass
            case ast.Assign(targets=[ast.Name(id=attr)], value=ast.Set(elts=elements)):
                letters = json.dumps("".join(e.value for e in elements), ensure_ascii=False)
                constants.append(f"const {constant(attr)} = new Set({letters});\n")
            case ast.Assign(targets=[ast.Name(id=attr)], value=ast.List(elts=elements)):
                rows = ",\n".join(among(e) for e in elements)
                constants.append(f"const {constant(attr)}: readonly Among[] = [\n{rows},\n];\n")
            case ast.Assign(targets=[ast.Name(id=attr)], value=ast.Tuple() | ast.Constant(value=str()) as value):
                constants.append(f"const {constant(attr)} = {Method('', '').expr(value)};\n")
            case ast.Assign(targets=[ast.Name(id=attr)], value=value):
                fields.append(f"private {camel(attr)} = {Method('', '').expr(value)};\n")
            case ast.FunctionDef():
                methods.append(method(node, cls.name))
            case _:
                raise SystemExit(f"unknown member: {ast.dump(node)}")
    return (
        f"// {top}, and from that by lib/tools/stemmers/make-stemmers.py. See LICENSE-snowball.txt.\n"
        "/* eslint-disable */\n"
        "import { BaseStemmer, type Among } from './base-stemmer.ts';\n\n"
        + "\n".join(constants)
        + f"\nexport class {cls.name} extends BaseStemmer {{\n"
        + "".join(fields)
        + "\n"
        + "\n".join(methods)
        + "}\n"
    )


def among(node):
    text, longer, result, *routine = node.args
    assert not routine, "a routine in a list of endings"
    value = Method("", "")
    return f"[{value.expr(text)}, {value.expr(longer)}, {value.expr(result)}]"


def main():
    source = pathlib.Path(sys.argv[1])
    ROOM.mkdir(exist_ok=True)
    for language in LANGUAGES:
        text = (source / f"src/snowballstemmer/{language}_stemmer.py").read_text()
        (ROOM / f"{language}.ts").write_text(translate(text, language))
    shutil.copy(source / "COPYING", ROOM / "LICENSE-snowball.txt")


main()
