import { Button, FileButton } from "@mantine/core";
import { type ComponentProps, type ReactNode, useRef } from "react";

/** A button that opens the system's dialog for files. The same file can be chosen twice in a row. */
export function PickButton({
  label,
  icon,
  variant = "default",
  className = "",
  onPick,
  ...dialog
}: {
  label: string;
  icon?: ReactNode;
  variant?: "default" | "filled";
  className?: string | undefined;
  onPick: (files: File[]) => void;
} & Pick<ComponentProps<"input">, "accept" | "capture"> & { folder?: boolean }) {
  const reset = useRef<() => void>(null);
  const { folder = false, accept, capture } = dialog;
  // React's types do not know this one, and no browser knows another.
  const ofFolder = folder ? { webkitdirectory: "" } : {};
  return (
    <FileButton
      multiple
      resetRef={reset}
      {...(accept === undefined ? {} : { accept })}
      {...(capture === undefined ? {} : { capture })}
      inputProps={{ "aria-label": label, ...ofFolder }}
      onChange={(files) => {
        onPick(files);
        reset.current?.();
      }}
    >
      {(props) => (
        <Button {...props} size="md" variant={variant} leftSection={icon} className={className}>
          {label}
        </Button>
      )}
    </FileButton>
  );
}
