import { useNetwork } from "@mantine/hooks";
import IconCloudOff from "@tabler/icons-react/dist/esm/icons/IconCloudOff.mjs";
import { useMessages } from "../messages/use-messages.ts";
import styles from "./connection-banner.module.css";

/** Says that what is shown may be old. The region is always there, so that screen readers hear it appear and go. */
export function ConnectionBanner({ lost }: { lost: boolean }) {
  const messages = useMessages();
  const { online } = useNetwork();
  return (
    <div role="status">
      {lost || !online ? (
        <div className={styles.banner}>
          <IconCloudOff size={18} stroke={1.7} aria-hidden="true" />
          {online ? messages.connection.lost : messages.connection.offline}
        </div>
      ) : null}
    </div>
  );
}
