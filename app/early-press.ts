/**
 * Runs before every other script of the page, and records which button is pressed until they run; useEarlyPress uses it. Forms
 * are submitted as usual.
 */
export const noteEarlyPress = `{
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
