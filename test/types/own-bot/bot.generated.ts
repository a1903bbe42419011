/** What the build writes of a bot's rules (test/build/write-handlers.test.ts), for the types that stand on it. */
declare module '../../../lib/handlers/bot.ts' {
  interface Bot {
    readonly templates: {
      readonly "welcome": never;
      readonly "order_status": "order";
      readonly "parcel": "order";
      readonly "visit": "day";
    };
    readonly calls: {
      readonly "look": { readonly with: "number" | "day"; readonly event: "onMessageAdded" };
      readonly "greet": { readonly with: never; readonly event: "onParticipantAdded" };
    };
    readonly remembered: "day" | "time";
  }
}

export type {};
