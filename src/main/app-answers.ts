/** Answers of the channels that main answers itself. */
import { app, BrowserWindow, dialog, nativeTheme, shell } from 'electron';
import { appInfo } from './app-info.ts';
import type { ChosenPaths } from './chosen-paths.ts';
import {
  chooseBackup,
  chooseDicom,
  chooseFolder,
  chooseManifest,
  chooseKeys,
  chooseModel,
  chooseProfile,
  chooseSource,
  chooseTarget,
  type Dialogs,
} from './dialogs.ts';
import type { AppChannel } from './engine-answers.ts';
import type { Answer } from './handle.ts';
import type { Language } from './language.ts';
import { recall, remember } from './remembered.ts';
import { setTheme } from './theme.ts';

/**
 * @param window The window that asks, which its dialogs belong to.
 * @param memory File that remembers theme, language and the like.
 * @param changed Called when the language has changed, to show menus in it.
 */
export function appAnswers(
  window: () => BrowserWindow,
  paths: ChosenPaths,
  memory: string,
  language: Language,
  changed: () => void,
): { [C in AppChannel]: Answer<C> } {
  const dialogs: Dialogs = {
    open: (options) => dialog.showOpenDialog(window(), options),
    save: (options) => dialog.showSaveDialog(window(), options),
    ask: (options) => dialog.showMessageBox(window(), options),
  };
  return {
    'app.info': () => ({
      ...appInfo(app.getVersion(), process.versions, process.platform),
      theme: nativeTheme.themeSource,
      language: language.choice,
      locale: language.locale,
      trainingMinutes: recall(memory).trainingMinutes,
    }),
    'app.chooseSource': async () => {
      const path = await chooseSource(dialogs);
      if (path !== null) paths.addShown(path);
      return path;
    },
    'app.chooseModel': async () => {
      const path = await chooseModel(dialogs);
      if (path !== null) paths.addShown(path);
      return path;
    },
    'app.chooseDicom': (what) => chooseDicom(dialogs, what),
    'app.chooseFolder': async () => {
      const path = await chooseFolder(dialogs);
      // Files there are replaced by none of another content: nothing is agreed to.
      if (path !== null) paths.addTarget({ path, overwrite: false });
      return path;
    },
    'app.chooseProfile': async () => {
      const path = await chooseProfile(dialogs);
      if (path !== null) paths.addShown(path);
      return path;
    },
    'app.chooseKeys': () => chooseKeys(dialogs),
    'app.chooseBackup': () => chooseBackup(dialogs),
    'app.chooseManifest': async () => {
      const path = await chooseManifest(dialogs);
      if (path !== null) paths.addShown(path);
      return path;
    },
    'app.chooseTarget': async (input) => {
      const target = await chooseTarget(dialogs, input);
      if (target === null) return null;
      paths.addTarget(target);
      return target.path;
    },
    'app.reveal': ({ path }) => {
      paths.assertShown(path);
      shell.showItemInFolder(path);
    },
    'app.setTheme': (theme) => {
      setTheme(nativeTheme, theme, BrowserWindow.getAllWindows());
      remember(memory, { theme });
    },
    'app.setTrainingMinutes': (trainingMinutes) => remember(memory, { trainingMinutes }),
    'app.setLanguage': (choice) => {
      language.choose(choice);
      remember(memory, { language: choice });
      changed();
      return { language: language.choice, locale: language.locale };
    },
  };
}
