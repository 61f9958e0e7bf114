import { common, createLowlight } from 'lowlight';
import { type Node, piecesOf } from '@/components/messages/code-pieces';

/** Runs in a web worker, which is terminated when highlighting takes too long. */

const lowlight = createLowlight(common);

interface Scope {
  onmessage: (event: MessageEvent<{ language: string; code: string }>) => void;
  postMessage: (message: unknown) => void;
}

const scope = self as unknown as Scope;

scope.onmessage = ({ data: { language, code } }) => {
  scope.postMessage('begun');
  scope.postMessage(piecesOf(lowlight.highlight(language, code) as Node));
};
