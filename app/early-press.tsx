/**
 * Runs before every other script of the page and notes which button is pressed until they run; useEarlyPress takes it. A form
 * that is sent goes its own way.
 */
const noteScript = `{
  let button = null;
  const note = ({ type, target }) => {
    button = type === 'click' ? target.closest('button:not([type=submit])') : null;
  };
  for (const type of ['click', 'keydown']) addEventListener(type, note, true);
  window.takeEarlyPress = () => {
    for (const type of ['click', 'keydown']) removeEventListener(type, note, true);
    const taken = button;
    button = null;
    return taken;
  };
}`;

export function NoteEarlyPress({ nonce }: { nonce: string | undefined }) {
  // A browser does not give a nonce back to whoever reads the page, so what is there differs from what was written.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: It is the constant above, and as children it would be escaped.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: noteScript }} />;
}
