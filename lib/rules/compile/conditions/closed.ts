export { namedHours as closed } from './named-hours.ts';
