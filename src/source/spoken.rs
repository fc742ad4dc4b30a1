//! The errors of the outside in Portuguese. What the system or git says itself stays as it says it.

use std::io;

use super::{SourceError, Uncommittable};

impl SourceError {
    /// What the error says.
    pub fn in_portuguese(&self) -> String {
        match self {
            Self::FolderMissing { path } => format!("não existe a pasta `{}`", path.display()),
            Self::NotAFolder { path } => format!("`{}` não é uma pasta", path.display()),
            Self::NotARepository { path } => format!("`{}` não está em um repositório git", path.display()),
            Self::NoSuchRevision { revision, repository, reason, .. } => {
                let reason = reason_in_portuguese(reason);
                format!("não existe a revisão `{revision}` em `{}`: {reason}", repository.display())
            }
            Self::OtherOwner { path } => {
                format!("o git não confia no repositório de `{}`: ele é de outro usuário", path.display())
            }
            Self::UnsupportedRepository { path, reason } => {
                format!("o repositório de `{}` usa um formato que o relato não lê: {reason}", path.display())
            }
            Self::MissingObject { id, repository, .. } => {
                format!("falta o objeto {id} em `{}`", repository.display())
            }
            Self::ShallowHistory { repository } => {
                format!("o histórico de `{}` está cortado: é um clone raso", repository.display())
            }
            Self::TooManyFiles { folder, limit } => {
                format!("`{folder}` tem mais de {limit} arquivos e pastas")
            }
            Self::Git { doing, repository, reason } => {
                format!("o git falhou em `{}` ({doing}): {reason}", repository.display())
            }
            Self::Disk { doing, path, .. } => {
                let doing = match *doing {
                    "read" => "ler",
                    "write" => "escrever",
                    "list" => "listar",
                    "open" => "abrir",
                    "create" => "criar",
                    "remove" => "remover",
                    "find" => "encontrar",
                    "lock" => "travar",
                    _ => "usar",
                };
                format!("não foi possível {doing} `{}`", path.display())
            }
            Self::LeavesOutput { path, folder } => {
                format!("`{path}` sai da pasta de saída `{}`", folder.display())
            }
            Self::InTheWay { path } => {
                format!(
                    "`{}` está no caminho: não foi o relato que o escreveu, e ele fica como está",
                    path.display()
                )
            }
            Self::Uncommittable { path, why } => {
                format!("`{path}` não pode entrar sozinho em um commit: {}", why.in_portuguese())
            }
            Self::WrittenTwice { path } => format!("dois documentos iriam para `{path}`"),
            Self::OutputInUse { folder } => format!("outro relato está escrevendo em `{}`", folder.display()),
            Self::StagingTaken { folder } => format!(
                "`{}` é necessária para preparar a saída e tem algo que o relato não escreveu",
                folder.display()
            ),
            Self::ChangedMeanwhile { path } => {
                format!("`{path}` mudou depois de lido; nada foi escrito nele")
            }
        }
    }

    /// The next thing to do; `None` where the error says it already.
    pub fn help_in_portuguese(&self) -> Option<String> {
        let text = match self {
            Self::FolderMissing { .. } => "indique com `-C` uma pasta que existe",
            Self::NotAFolder { path } => match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => {
                    return Some(format!("indique a pasta que o contém: `{}`", parent.display()));
                }
                _ => "indique uma pasta",
            },
            Self::NotARepository { .. } => {
                "rode dentro de um repositório git ou omita `--at` para ler os arquivos como estão"
            }
            Self::NoSuchRevision { shallow: true, .. } => {
                "este é um clone raso: traga o resto com `git fetch --unshallow --tags` (na CI: `fetch-depth: 0`)"
            }
            Self::NoSuchRevision { .. } => {
                "indique um commit, uma tag ou um branch que `git rev-parse` conhece; `git fetch --tags` pode trazê-lo"
            }
            Self::OtherOwner { path } => {
                return Some(format!(
                    "se você confia nele, diga uma vez: `git config --global --add safe.directory '{}'`",
                    path.display()
                ));
            }
            Self::UnsupportedRepository { reason, .. } if reason.contains("refstorage") => {
                "guarde os branches em arquivos: `git refs migrate --ref-format=files`"
            }
            Self::UnsupportedRepository { .. } => {
                "só repositórios de objetos SHA-1 respondem sobre o passado; os arquivos como estão podem ser lidos: omita `--at` e \
                 `--commit`"
            }
            Self::MissingObject { partial: true, .. } => {
                "este é um clone parcial: traga o que ficou de fora com `git fetch --refetch --no-filter`"
            }
            Self::MissingObject { .. } => "`git fsck` diz o que mais falta; um clone novo o traz de volta",
            Self::ShallowHistory { .. } => {
                "traga o resto com `git fetch --unshallow` (na CI: `fetch-depth: 0`)"
            }
            Self::TooManyFiles { .. } => "aponte o relato para a pasta que contém os incidentes",
            Self::LeavesOutput { .. } => "remova o link ou escolha outra pasta de saída",
            Self::InTheWay { .. } => "tire-o dali ou escolha outra pasta de saída",
            Self::ChangedMeanwhile { .. } => "rode o comando de novo",
            Self::Uncommittable { why, .. } => match why {
                Uncommittable::Busy(_) => "termine isso primeiro ou omita `--commit`",
                Uncommittable::NotTracked => "faça antes um commit dele ou omita `--commit`",
                Uncommittable::Changed => {
                    "faça commit ou stash do que já está lá, ou omita `--commit` e faça o commit à mão"
                }
                Uncommittable::Signed => "omita `--commit` e rode `git commit` à mão",
                Uncommittable::NoIdentity => {
                    "diga uma vez: `git config user.name …` e `git config user.email …`"
                }
                Uncommittable::Elsewhere => "omita `--commit`",
                Uncommittable::Locked(lock) => {
                    return Some(format!(
                        "espere o comando git que está em execução; se não há nenhum, um deles foi interrompido: `rm '{}'`",
                        lock.display()
                    ));
                }
            },
            Self::OutputInUse { .. } => "espere ele terminar ou escolha outra pasta de saída",
            Self::StagingTaken { .. } => "veja o que há nela, guarde o que é seu e depois a remova",
            Self::Disk { source, .. } => match source.kind() {
                io::ErrorKind::PermissionDenied => "verifique o dono e as permissões",
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "libere espaço",
                _ => return None,
            },
            Self::WrittenTwice { .. } => {
                "dois incidentes têm o mesmo id: `relato check` diz quais; dê outro a um deles"
            }
            Self::Git { .. } => return None,
        };
        Some(text.to_owned())
    }
}

impl Uncommittable {
    /// The end of the sentence in English.
    pub(super) fn in_english(&self) -> String {
        match self {
            Self::Busy(what) => format!("a {what} is under way"),
            Self::NotTracked => "the last commit does not have it".to_owned(),
            Self::Changed => "it has changes that are not committed".to_owned(),
            Self::Signed => "commits are signed here (`commit.gpgsign`), and relato signs nothing".to_owned(),
            Self::NoIdentity => "git does not know whose commit it would be".to_owned(),
            Self::Elsewhere => "it does not lie in the repository's work tree".to_owned(),
            Self::Locked(_) => "git's index is locked".to_owned(),
        }
    }

    /// The end of the sentence in Portuguese.
    fn in_portuguese(&self) -> String {
        match self {
            Self::Busy(what) => format!("há um {what} em andamento"),
            Self::NotTracked => "o último commit não o tem".to_owned(),
            Self::Changed => "ele tem mudanças que não estão em nenhum commit".to_owned(),
            Self::Signed => {
                "os commits aqui são assinados (`commit.gpgsign`), e o relato não assina nada".to_owned()
            }
            Self::NoIdentity => "o git não sabe de quem seria o commit".to_owned(),
            Self::Elsewhere => "ele não está na árvore de trabalho do repositório".to_owned(),
            Self::Locked(_) => "o índice do git está travado".to_owned(),
        }
    }
}

/// Why there is no such revision: of what relato says itself, the Portuguese.
fn reason_in_portuguese(reason: &str) -> String {
    if let Some((name, moment)) = reason.split_once(" has no commit as early as ") {
        return format!("{name} não tem commit até {moment}");
    }
    match reason {
        "the two have no commit in common" => "as duas não têm commit em comum",
        "there is no commit yet" => "ainda não há nenhum commit",
        "it is empty" => "está vazia",
        "it is not a commit" => "não é um commit",
        other => other,
    }
    .to_owned()
}
