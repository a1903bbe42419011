import { handlers, text } from 'parley';

/** A handler that costs nothing by itself. */
export default handlers<object>({ look: () => text('It is packed.') });
