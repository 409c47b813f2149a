/** Every code that reading a configuration can give, and what it means. Scripts may depend on them. */
export const configurationCodes = {
	// The file.
	ConfigurationNotFound: 'A configuration path does not exist, or holds no configuration file.',
	FileUnreadable: 'A configuration file could not be read.',
	FileTooLarge: 'A configuration file, or the number of them, is beyond any sensible size.',
	LinkLeavesFolder: 'A link inside a configuration folder points out of it.',
	InvalidYaml: 'The text is no YAML that Kubernetes would read.',
	DuplicateKey: 'A key stands twice in one map; which value was meant is not known.',
	// The document.
	UnknownDocument: 'Documents that are no configuration: other kinds of Kubernetes objects, or no objects at all.',
	UnsupportedKind: 'A kind of Argo CD or Flux that holdfast knows but does not read.',
	// A field that makes an application unreadable.
	UnknownKey: 'A key that does not exist, in a document of holdfast itself.',
	MissingKey: 'A key that is required.',
	WrongType: 'A value of another type than expected.',
	InvalidValue: 'A value of the right type that cannot be used.',
	InvalidName: 'A name that Kubernetes would not accept.',
	CredentialsInURL: 'A repository URL with a password in it.',
	UnsupportedField: 'A field that would change the result and is not supported, so the application is left out.',
	// An application among others.
	DuplicateName: 'Several applications (or sources, or projects) with one name.',
	SourceNotFound: 'A Flux Kustomization whose source is not in the configuration, or cannot be read.',
	DependencyNotFound: 'An application depends on one that is not declared.',
	DependencyCycle: 'Applications depend on each other in a circle.',
	ProjectDenies: 'An Argo CD project does not permit the repository or the destination of an application.',
	// Notices: the application is read, and this should be known.
	Unsupported: 'A field that is understood but has no effect here.',
	UnknownField: 'A field of an Argo CD or Flux document that holdfast does not know.',
	Renamed: 'The name of an Argo CD or Flux object was changed to fit.',
	ProjectNotFound: 'An Argo CD application names a project that is not in the configuration.',
	Assumed: 'Something was left open in the document, and a default was taken.',
} as const;

export type ConfigurationCode = keyof typeof configurationCodes;
