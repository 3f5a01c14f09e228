// Is busy for ever with whatever it is asked.
import { serve } from "./serve.ts";

serve(({ id }) => {
  for (;;) Math.sqrt(id);
});
