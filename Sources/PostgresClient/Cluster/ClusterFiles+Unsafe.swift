import CLibPQ
import Glibc

/// Files and folders of a cluster.
///
/// Bounds relied on: names and links that the C library returns are as long as it says, or end with a zero, and are copied at
/// once.
enum ClusterFiles {
  /// What is known of a file without opening it; nil if there is none.
  struct Entry: Equatable {
    let isFolder: Bool
    let owner: UInt32
    let group: UInt32
    let mode: UInt32
  }

  /// Looks at a file itself, not at what a link leads to.
  static func entry(_ path: String, following: Bool = false) -> Entry? {
    var status = stat()
    guard (following ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return Entry(
      isFolder: status.st_mode & S_IFMT == S_IFDIR, owner: status.st_uid, group: status.st_gid,
      mode: status.st_mode & 0o7777)
  }

  /// Names in a folder, in order; nil if it cannot be read.
  static func names(in folder: String) -> [String]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The beginning of a file, at most 64 KiB; nil if it cannot be read.
  static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// The last lines of a file of any length, joined into one.
  static func tail(_ path: String, lines: Int = 4) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    lseek(descriptor, max(0, end - 4096), SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    return String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(separator: "\n")
      .suffix(lines).joined(separator: "; ")
  }

  /// Writes a file whole or not at all, and on the disk when it returns.
  static func write(_ path: String, _ text: String, owner: ServerUser? = nil) throws(ClusterError) {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw fault("cannot write", draft) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if let owner { fchown(descriptor, owner.uid, owner.gid) }
    guard count == bytes.count, fsync(descriptor) == 0 else { throw fault("cannot write", draft) }
    try move(draft, to: path)
  }

  /// Has the disk know all that was written below a folder: in one go with whatever else waits on its file system, which takes
  /// a hundredth of asking for a thousand files one by one.
  static func settle(_ folder: String) throws(ClusterError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw fault("cannot open", folder) }
    defer { close(descriptor) }
    guard syncfs(descriptor) == 0 else { throw fault("cannot write down", folder) }
  }

  /// Renames, and has the disk know it.
  static func move(_ from: String, to path: String) throws(ClusterError) {
    guard rename(from, path) == 0 else { throw fault("cannot rename", from) }
    let folder = path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Makes a folder and those above it that are not there.
  ///
  /// Of those made for a server that runs as another user the ones above may be entered by anybody, the last belongs to it.
  static func make(
    _ folder: String, mode: UInt32, owner: ServerUser? = nil, opensParents: Bool = false
  ) throws(ClusterError) {
    let parts = folder.split(separator: "/")
    for depth in 1...max(1, parts.count) {
      let path = parts.prefix(depth).reduce("") { $0 + "/" + $1 }
      if mkdir(path, 0o700) == 0 {
        let isLast = depth == parts.count
        chmod(path, isLast ? mode : opensParents ? 0o711 : 0o700)
        if isLast, let owner { chown(path, owner.uid, owner.gid) }
      } else if errno != EEXIST {
        throw fault("cannot make the folder", path)
      }
    }
    guard entry(folder, following: true)?.isFolder == true else {
      throw ClusterError(.fileFault, "\(folder) is in the way; it is no folder")
    }
  }

  /// The first folder on the way to a path, itself included, that is there and that a user cannot enter.
  static func closedParent(of path: String, for user: ServerUser) -> String? {
    let parts = path.split(separator: "/")
    for depth in 0...parts.count {
      let folder = "/" + parts.prefix(depth).joined(separator: "/")
      guard let entry = entry(folder, following: true) else { return nil }
      let bit: UInt32 =
        entry.owner == user.uid ? 0o100 : entry.group == user.gid ? 0o010 : 0o001
      if entry.mode & bit == 0 { return folder }
    }
    return nil
  }

  /// Where a link of the kernel's leads.
  static func target(_ link: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map { readlink(link, $0, characters.count) } ?? -1
      }
    }
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// A path without links.
  static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func fault(_ what: String, _ path: String) -> ClusterError {
    ClusterError(.fileFault, "\(what) \(path): \(String(cString: strerror(errno)))")
  }
}

/// A lock on a cluster's folder, held until it is let go of, or its process ends.
final class ClusterLock {
  private let descriptor: Int32

  /// Takes the lock; nil while another process has it.
  init?(_ path: String) throws(ClusterError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw ClusterFiles.fault("cannot lock", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }
}
