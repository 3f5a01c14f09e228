// Finds text for people that stands in a component instead of in the messages, where no other language reaches it.
import { parseSync } from "vite";

interface Node {
  type: string;
  [field: string]: unknown;
}

/** Attributes whose value somebody sees or hears. */
const spoken =
  /^(?:title|label|placeholder|alt|description|error|message|nothingFoundMessage|aria-(?:label|description|placeholder|roledescription|valuetext))$/u;
/** Two letters of any script. Keys, units of size and marks like "–" or "/" are no text. */
const words = /\p{L}{2}/u;

/** Line and text of each hard-coded text in `source`, the contents of a .tsx file. */
export function findHardCodedText(source: string): string[] {
  const { program, errors } = parseSync("component.tsx", source);
  if (errors.length > 0) throw new Error(errors[0]?.message ?? "does not parse");
  const found: string[] = [];
  const report = (node: Node, text: unknown) => {
    if (typeof text !== "string" || !words.test(text)) return;
    const line = source.slice(0, Number(node.start)).split("\n").length;
    found.push(`${line}: ${text.trim().replace(/\s+/gu, " ")}`);
  };
  /** The texts that an expression may yield: through conditions, alternatives and templates. */
  const yields = (node: Node): void => {
    if (node.type === "Literal") report(node, node.value);
    else if (node.type === "TemplateLiteral") {
      for (const part of children(node)) if (part.type === "TemplateElement") report(part, textOf(part));
    } else if (node.type === "ConditionalExpression") {
      yields(node.consequent as Node);
      yields(node.alternate as Node);
    } else if (node.type === "LogicalExpression" || node.type === "BinaryExpression") {
      if (node.operator !== "&&" && node.type === "LogicalExpression") yields(node.left as Node);
      if (node.type === "LogicalExpression" || node.operator === "+") yields(node.right as Node);
      if (node.operator === "+") yields(node.left as Node);
    }
  };
  const visit = (node: Node): void => {
    if (node.type === "JSXText") report(node, node.value);
    if (node.type === "JSXElement" || node.type === "JSXFragment") {
      for (const child of node.children as Node[]) {
        if (child.type === "JSXExpressionContainer") yields(child.expression as Node);
      }
    }
    if (node.type === "JSXAttribute" && spoken.test(nameOf(node.name as Node))) attribute(node.value as Node | null);
    // Props that are handed over in an object: closeButtonProps={{ "aria-label": … }}, notifications.show({ message: … }).
    if (node.type === "Property" && spoken.test(keyOf(node.key as Node))) yields(node.value as Node);
    for (const child of children(node)) visit(child);
  };
  const attribute = (value: Node | null): void => {
    if (value?.type === "Literal") report(value, value.value);
    if (value?.type === "JSXExpressionContainer") yields(value.expression as Node);
  };
  visit(program as unknown as Node);
  return found;
}

function children(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value === "object" && value !== null && "type" in value);
}

function textOf(element: Node): unknown {
  const { value } = element;
  return typeof value === "object" && value !== null ? Reflect.get(value, "cooked") : undefined;
}

function nameOf(name: Node): string {
  return String(name.name);
}

function keyOf(key: Node): string {
  return String(key.type === "Literal" ? key.value : key.name);
}
