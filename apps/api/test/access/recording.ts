// A database that writes down which scopes are opened and what is asked in them, in order, without the values.
import type { Database } from "@legible/db/database";
import type { Tx } from "@legible/db/scopes";

type Call = (...args: unknown[]) => unknown;
const isCall = (value: unknown): value is Call => typeof value === "function";

/** `database`, with every question noted in `asked`, for instance "asUser task.findFirst". */
export function recording(database: Database, asked: string[]): Database {
  const inside = (scope: string, tx: Tx): Tx =>
    new Proxy(tx, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (isCall(value)) return noted(value, target, `${scope} ${String(name)}`);
        if (typeof value !== "object" || value === null) return value;
        return new Proxy(value, {
          get(model, verb) {
            const query: unknown = Reflect.get(model, verb);
            if (!isCall(query)) return query;
            return noted(query, model, `${scope} ${String(name)}.${String(verb)}`);
          },
        });
      },
    });
  const noted =
    (call: Call, on: object, what: string) =>
    (...args: unknown[]): unknown => {
      asked.push(what);
      return call.apply(on, args);
    };
  return {
    ...database,
    asUser: (userId, work) => database.asUser(userId, (tx) => work(inside("asUser", tx))),
    asAdmin: (userId, work) => database.asAdmin(userId, (tx) => work(inside("asAdmin", tx))),
    asSystem: (reason, work) => database.asSystem(reason, (tx) => work(inside(`asSystem(${reason})`, tx))),
  };
}
