export { namedHours as open } from './named-hours.ts';
