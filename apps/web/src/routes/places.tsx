// The ways to the parts of the page: in the header where there is room, otherwise in the menu of the account.
import { Menu } from "@mantine/core";
import IconAdjustments from "@tabler/icons-react/dist/esm/icons/IconAdjustments.mjs";
import IconFiles from "@tabler/icons-react/dist/esm/icons/IconFiles.mjs";
import IconSettings from "@tabler/icons-react/dist/esm/icons/IconSettings.mjs";
import { Link } from "@tanstack/react-router";
import type { User } from "../api/answers.ts";
import { useMessages } from "../messages/use-messages.ts";
import styles from "./places.module.css";

/** The links of the header. Administration is for those whom the server takes for administrators. */
export function Places({ user }: { user: User }) {
  const { home, history, places } = useMessages();
  return (
    <nav className={styles.places} aria-label={places.label}>
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }} className={styles.place ?? ""}>
        {home.title}
      </Link>
      <Link to="/tasks" activeOptions={{ exact: true, includeSearch: false }} className={styles.place ?? ""}>
        {history.title}
      </Link>
      {user.role === "admin" ? (
        <Link to="/admin" className={styles.place ?? ""}>
          {places.admin}
        </Link>
      ) : null}
    </nav>
  );
}

/** The same as items of the account's menu, with the settings. */
export function PlaceItems({ user }: { user: User }) {
  const { history, places } = useMessages();
  return (
    <>
      <Menu.Item
        className={styles.narrow ?? ""}
        leftSection={<IconFiles size={16} stroke={1.7} />}
        renderRoot={(props) => <Link to="/tasks" {...props} />}
      >
        {history.title}
      </Menu.Item>
      {user.role === "admin" ? (
        <Menu.Item
          leftSection={<IconAdjustments size={16} stroke={1.7} />}
          renderRoot={(props) => <Link to="/admin" {...props} />}
        >
          {places.admin}
        </Menu.Item>
      ) : null}
      <Menu.Item
        leftSection={<IconSettings size={16} stroke={1.7} />}
        renderRoot={(props) => <Link to="/settings" {...props} />}
      >
        {places.settings}
      </Menu.Item>
    </>
  );
}
