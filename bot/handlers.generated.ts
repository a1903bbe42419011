// Written by `npm run build` from rules.yaml. Edit that file instead.
export { default as handlers } from './handlers.ts';

declare module '../lib/handlers/bot.ts' {
  interface Bot {
    readonly templates: {
      readonly "welcome": never;
      readonly "order_status": "order";
      readonly "plants": never;
      readonly "plant": "plant";
      readonly "returns": never;
      readonly "catalogue": "1";
    };
    readonly calls: {
      readonly "orderStatus": { readonly with: "number"; readonly event: "onMessageAdded" };
    };
    readonly remembered: never;
  }
}
