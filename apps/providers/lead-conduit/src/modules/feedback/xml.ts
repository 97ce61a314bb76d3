import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';

// Nothing is expanded and nothing is guessed: `007` stays text. The five entities every XML has are read below.
const parser = new XMLParser({
  processEntities: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  removeNSPrefix: true,
  cdataPropName: '#cdata',
  maxNestedTags: 20,
});

/** A document as nested objects of texts, its root among them; nothing when it is no XML, or defines entities. */
export function readXml(text: string): Record<string, unknown> | undefined {
  const document = text.replace(/^\uFEFF/, '').trim();
  if (/<!DOCTYPE/i.test(document) || XMLValidator.validate(document) !== true) return undefined;
  const read = decoded(parsed(document));
  return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined;
}

function parsed(document: string): unknown {
  try {
    return parser.parse(document);
  } catch {
    // It nests without end, or has names that would reach an object's ancestors: no document of ours.
    return undefined;
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeText(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? whole;
    const point = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function decoded(node: unknown): unknown {
  if (typeof node === 'string') return decodeText(node);
  if (Array.isArray(node)) return node.map(decoded);
  if (typeof node !== 'object' || node === null) return node;
  const parts = node as Record<string, unknown>;
  if ('#cdata' in parts)
    return `${decodeText(String(parts['#text'] ?? ''))}${[parts['#cdata']].flat().join('')}`.trim();
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, decoded(part)]));
}

const builder = new XMLBuilder({ ignoreAttributes: true, suppressEmptyNode: true, processEntities: true });

/** Characters that no XML may hold, not even as an entity. */
// eslint-disable-next-line no-control-regex -- These are the ones.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** `<result>` with these parts; nothing becomes an empty element. */
export function writeResult(parts: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify({ result: parts }, (_name, value: unknown) => {
    if (value === null) return '';
    return typeof value === 'string' ? value.replace(forbidden, '') : value;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(builder.build(JSON.parse(text)))}`;
}
