import { handlers, template, text } from 'parley';

/** What the shop's own service says of an order. In the local world services.ts stands in for it. */
interface Order {
  readonly state: 'packed' | 'sent' | 'delivered';
  /** Such as Monday. */
  readonly day: string;
}

export default handlers({
  async orderStatus({ number }, { json }) {
    const order = await json<Order>(`https://shop.example/orders/${number}`);
    switch (order?.state) {
      case 'packed':
        return template('order_status', { order: number });
      case 'sent':
        return text(`Order ${number} is on its way. It comes on ${order.day}.`);
      case 'delivered':
        return text(
          `Order ${number} was delivered on ${order.day}. Is something wrong with it? Write refund or person.`,
        );
      default:
        return text(`There is no order ${number}. Please look at the e-mail that we sent you.`);
    }
  },
});
