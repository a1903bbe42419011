/**
 * What the services say that handlers ask, in the local world only: each origin is answered by its function. Of orders
 * the last digit tells the state: 0 is not there, 8 is on its way, 9 was delivered, all others are packed.
 */
export default {
  'https://shop.example': ({ path }: { readonly path: string }) => {
    const [, number = '0'] = /^\/orders\/(\d+)$/.exec(path) ?? [];
    const last = number.slice(-1);
    if (last === '0') return { status: 404 };
    return { body: { state: last === '8' ? 'sent' : last === '9' ? 'delivered' : 'packed', day: 'Monday' } };
  },
};
