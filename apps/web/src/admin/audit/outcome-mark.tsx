import type { AuditOutcome } from "@legible/shared/audit";
import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconBan from "@tabler/icons-react/dist/esm/icons/IconBan.mjs";
import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import { useAdminTexts } from "../../messages/part-messages.tsx";
import styles from "./audit.module.css";

const icons = { success: IconCheck, failure: IconAlertTriangle, denied: IconBan };

/** An outcome as sign and word; the colour says nothing that the word does not. */
export function OutcomeMark({ outcome }: { outcome: AuditOutcome }) {
  const { admin } = useAdminTexts();
  const Icon = icons[outcome];
  return (
    <span className={styles.mark} data-outcome={outcome}>
      <Icon size={15} stroke={1.9} aria-hidden="true" />
      {admin.audit.outcomes[outcome]}
    </span>
  );
}
