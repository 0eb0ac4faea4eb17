/**
 * The names of the contract without its schemas, for the preload: it has to know what may pass,
 * and must not carry a schema library into the page's process. The types hold both lists complete.
 */
import type { Channel, EventName } from './contract.ts';

const channels: Record<Channel, true> = {
  'app.info': true,
  'app.chooseSource': true,
  'app.chooseModel': true,
  'app.chooseDicom': true,
  'app.chooseFolder': true,
  'app.chooseProfile': true,
  'app.chooseKeys': true,
  'app.chooseBackup': true,
  'app.chooseManifest': true,
  'app.chooseTarget': true,
  'app.reveal': true,
  'app.setTheme': true,
  'app.setTrainingMinutes': true,
  'app.setLanguage': true,
  'store.state': true,
  'store.retry': true,
  'store.create': true,
  'store.unlock': true,
  'store.recover': true,
  'store.protect': true,
  'store.newRecoveryKey': true,
  'store.confirmRecoveryKey': true,
  'store.saveRecoveryKey': true,
  'store.startOver': true,
  'store.list': true,
  'store.erase': true,
  'store.backup': true,
  'store.restore': true,
  'projects.list': true,
  'projects.create': true,
  'projects.createSample': true,
  'projects.importModel': true,
  'projects.get': true,
  'projects.rename': true,
  'projects.remove': true,
  'projects.setColumns': true,
  'projects.setSettings': true,
  'projects.setRules': true,
  'projects.bringBackModel': true,
  'data.preview': true,
  'data.anonymity': true,
  'data.stopAnonymity': true,
  'dicom.create': true,
  'dicom.get': true,
  'dicom.import': true,
  'dicom.patients': true,
  'dicom.quarantine': true,
  'dicom.image': true,
  'dicom.thumbnail': true,
  'dicom.tags': true,
  'dicom.setChoices': true,
  'dicom.readProfile': true,
  'dicom.saveProfile': true,
  'dicom.changes': true,
  'dicom.summary': true,
  'devices.list': true,
  'devices.test': true,
  'devices.stopTest': true,
  'devices.choose': true,
  'jobs.list': true,
  'jobs.cancel': true,
  'jobs.pause': true,
  'jobs.resume': true,
  'jobs.clear': true,
  'jobs.profile': true,
  'jobs.train': true,
  'jobs.generate': true,
  'jobs.exportModel': true,
  'jobs.deidentify': true,
  'jobs.dicomMap': true,
  'exports.plan': true,
  'exports.signer': true,
  'exports.verify': true,
  'model.sample': true,
  'model.forecast': true,
};

const eventNames: Record<EventName, true> = {
  'job.changed': true,
  'training.progress': true,
  'project.changed': true,
  'store.changed': true,
  'engine.state': true,
  'app.command': true,
};

/** Whether a value is the name of a channel of the contract. */
export function isChannel(name: unknown): name is Channel {
  return typeof name === 'string' && Object.hasOwn(channels, name);
}

/** Whether a value is the name of an event of the contract. */
export function isEventName(name: unknown): name is EventName {
  return typeof name === 'string' && Object.hasOwn(eventNames, name);
}
