import { render } from 'preact';
import { App } from './app.tsx';
import { followWorld } from './follow-world.ts';

const page = document.getElementById('page');
if (page !== null) followWorld((world) => render(<App world={world} />, page));
