import { render } from 'preact';
import './styles.scss';
import { App } from './views/App';
import { start } from './desk';

const root = document.getElementById('page');
if (root) {
  root.textContent = '';
  render(<App />, root);
  void start();
}
