import type { ListItem, Nodes, Paragraph, PhrasingContent, Root, Table } from 'mdast';
import { createElement, Fragment, type ReactNode } from 'react';
import { CodeBlock } from '@/components/messages/code-block';
import { Mention } from '@/components/messages/mention';
import { TaskBox } from '@/components/messages/task-box';
import { type Direction, directionOf } from '@/lib/platform/text/direction';

/** What a node is drawn in. */
interface Place {
  /** the direction that it has from outside; only what runs otherwise says so */
  direction: Direction | undefined;
  /** how many mentions were drawn: of a thousand, not each can carry a name with it */
  mentions: { count: number };
}

/** A tree within the budget of lib/platform/text as elements: a few for each node, and none that loads or runs anything. */
export function drawMarkdown(root: Root): { direction: Direction | undefined; children: ReactNode } {
  const direction = directionOf(root);
  return { direction, children: drawAll(root.children, { direction, mentions: { count: 0 } }) };
}

type Draw<Type extends Nodes['type']> = (node: Extract<Nodes, { type: Type }>, place: Place) => ReactNode;

const drawings: { [Type in Nodes['type']]?: Draw<Type> } = {
  text: ({ value }) => value,
  break: () => <br />,
  strong: ({ children }, place) => <strong>{drawAll(children, place)}</strong>,
  emphasis: ({ children }, place) => <em>{drawAll(children, place)}</em>,
  delete: ({ children }, place) => <del>{drawAll(children, place)}</del>,
  inlineCode: ({ value }) => <code>{value}</code>,
  mention: ({ handle, value }, { mentions }) => {
    mentions.count += 1;
    return <Mention handle={handle} text={value} isNamed={mentions.count <= maxNamed} />;
  },
  // Leads out of the page: it learns nothing of where it was followed from.
  link: ({ url, children }, place) => (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {drawAll(children, place)}
    </a>
  ),
  paragraph: (node, place) => block('p', node, place, (inner) => drawLines(node, inner)),
  heading: (node, place) => block('p', node, place, (inner) => drawAll(node.children, inner), { className: 'heading' }),
  blockquote: (node, place) => block('blockquote', node, place, (inner) => drawAll(node.children, inner)),
  thematicBreak: () => <hr />,
  code: ({ value, lang }) => <CodeBlock code={value} language={lang ?? null} />,
  list: (node, place) => {
    const longest = Math.max(...node.children.map(({ data }) => data?.marker?.length ?? 0));
    // A year is longer than the room that numbers of lists have.
    const look = longest > 3 ? { style: { '--marker': longest } } : {};
    return block(node.ordered ? 'ol' : 'ul', node, place, (inner) => drawAll(node.children, inner), look);
  },
  listItem: (node, place) => block('li', node, place, (inner) => drawItem(node, inner), numberOf(node)),
  table: (node, place) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="scrolls">
      {block('table', node, place, (inner) => drawTable(node, inner))}
    </div>
  ),
};

const maxNamed = 50;

function draw(node: Nodes, place: Place): ReactNode {
  const drawing = drawings[node.type] as ((node: Nodes, place: Place) => ReactNode) | undefined;
  if (drawing) return drawing(node, place);
  if ('children' in node) return drawAll(node.children, place);
  return 'value' in node ? node.value : null;
}

/** As arguments, not as a list: what never changes needs no keys. */
function drawAll(nodes: Nodes[], place: Place): ReactNode {
  return createElement(Fragment, null, ...nodes.map((node) => draw(node, place)));
}

/** An element that says its direction where that differs from what is around it. */
function block(tag: string, node: Nodes, place: Place, fill: (inner: Place) => ReactNode, look: object = {}): ReactNode {
  const direction = directionOf(node) ?? place.direction;
  const dir = direction === place.direction ? {} : { dir: direction };
  return createElement(tag, { ...look, ...dir }, fill({ ...place, direction }));
}

/** Each line of a paragraph runs as its own words do. */
function drawLines({ children }: Paragraph, place: Place): ReactNode {
  const lines = linesOf(children);
  const isMixed = lines.some((line) => (directionOf(line) ?? place.direction) !== place.direction);
  if (!isMixed) return drawAll(children, place);
  const drawn = lines.map((line) => createElement('span', { className: 'line', dir: directionOf(line) }, drawAll(line, place)));
  return createElement(Fragment, null, ...drawn);
}

function linesOf(nodes: PhrasingContent[]): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines;
}

/** The text of an item stands beside its mark, in no paragraph of its own unless the items are set apart. */
function drawItem({ checked, spread, children }: ListItem, place: Place): ReactNode {
  const box = typeof checked === 'boolean' ? <TaskBox checked={checked} /> : null;
  const parts = children.map((child) => (child.type === 'paragraph' && !spread ? drawLines(child, place) : draw(child, place)));
  return createElement(Fragment, null, box, ...parts);
}

/** The number as it was typed: counted on from, where marks cannot be written. */
function numberOf({ data }: ListItem): object {
  const marker = data?.marker;
  return marker ? { value: Number.parseInt(marker, 10), 'data-marker': marker } : {};
}

function drawTable({ align, children: [head, ...rows] }: Table, place: Place): ReactNode {
  const row = (cells: Nodes[], tag: 'th' | 'td') =>
    createElement(
      'tr',
      null,
      ...cells.map((cell, column) =>
        block(
          tag,
          cell,
          place,
          (inner) => ('children' in cell ? drawAll(cell.children, inner) : null),
          alignedAs(align?.[column]),
        ),
      ),
    );
  return (
    <>
      {head && <thead>{row(head.children, 'th')}</thead>}
      {rows.length > 0 && createElement('tbody', null, ...rows.map(({ children }) => row(children, 'td')))}
    </>
  );
}

const alignedAs = (align: 'left' | 'right' | 'center' | null | undefined) => (align ? { className: `to-${align}` } : {});
