import { LocalIndex, type Request } from '@/client/search/local-index';

/** Runs in a web worker, so that a search never delays a key press. */

interface Scope {
  onmessage: (event: MessageEvent<{ id: number; request: Request }>) => void;
  postMessage: (message: unknown) => void;
}

const scope = self as unknown as Scope;
const index = new LocalIndex();

scope.onmessage = ({ data: { id, request } }) => {
  void index.do(request).then(
    (entries) => scope.postMessage({ id, entries }),
    () => scope.postMessage({ id, entries: [] }),
  );
};
