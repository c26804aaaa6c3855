import BounceMessages

/// The input of a run, block after block and file after file.
struct BlockSource {
  private var files: ArraySlice<String>
  /// `nil`: what each file's ending says, or how it begins.
  private let format: InputFormat?
  private let field: String
  private var current: OpenFile?
  private var buffer = [UInt8](repeating: 0, count: FileDescriptor.chunkSize)

  /// A block of this size gives a thread some milliseconds of work: enough that handing it
  /// over costs little beside, and not much memory even for many threads.
  private static let blockSize = 1 << 17

  private struct OpenFile {
    /// `nil` for standard input.
    let name: String?
    /// `nil` where it cannot be opened.
    let descriptor: FileDescriptor?
    var format: InputFormat
    var cutter: any BlockCutter
    var isAtEnd = false
    var failure: UnreadableInput?
    var isNew = true

    func close() { if name != nil { descriptor?.close() } }
  }

  /// - Parameters:
  ///   - files: `-` stands for standard input.
  ///   - format: That of all files; `nil`: what each file's ending says, or how it begins.
  ///   - field: The column of a table that holds the reply.
  init(files: [String], format: InputFormat? = nil, field: String = InputFormat.usualField) {
    (self.files, self.format, self.field) = (files[...], format, field)
  }

  /// Reads the next block: as many replies as there are at once, up to the usual size. Waits only
  /// while there is none.
  ///
  /// - Returns: Whether there was one.
  mutating func read(into block: inout InputBlock) -> Bool {
    while true {
      guard var file = current.take() ?? nextFile() else { return false }
      while !file.isAtEnd, let descriptor = file.descriptor,
        !file.cutter.hasPieces
          || file.cutter.byteCount < Self.blockSize && descriptor.isReadable
      {
        readMore(of: &file, descriptor)
      }
      file.cutter.take(into: &block)
      (block.file, block.format, block.failure) = (file.name, file.format, file.failure)
      if file.isAtEnd { file.close() } else { current = file }
      if !block.pieces.isEmpty || block.failure != nil { return true }
    }
  }

  private mutating func nextFile() -> OpenFile? {
    guard let name = files.popFirst() else { return nil }
    let format = format ?? InputFormat(ofFile: name)
    let cutter = format.cutter(field: field)
    if name == "-" {
      return OpenFile(name: nil, descriptor: .standardInput, format: format, cutter: cutter)
    }
    do {
      return OpenFile(name: name, descriptor: try .opened(name), format: format, cutter: cutter)
    } catch {
      return OpenFile(
        name: name, descriptor: nil, format: format, cutter: cutter, isAtEnd: true,
        failure: .system(error))
    }
  }

  /// What a file whose ending says nothing holds, where it is not lines.
  private static func format(ofTextBeginningWith text: ArraySlice<UInt8>) -> InputFormat? {
    if MailMessage.begins(text) { return .messages }
    return JSONCutter.begins(text) ? .json : nil
  }

  private mutating func readMore(of file: inout OpenFile, _ descriptor: FileDescriptor) {
    do throws(SystemError) {
      let count = try descriptor.read(into: &buffer)
      if file.isNew, let failure = UnreadableInput(beginningWith: buffer.prefix(count)) {
        (file.isAtEnd, file.failure) = (true, failure)
        return
      }
      let text = buffer.prefix(count).trimmingPrefix([UInt8].byteOrderMark)
      if file.isNew, format == nil, file.format == .lines,
        let better = Self.format(ofTextBeginningWith: text)
      {
        file.format = better
        file.cutter = file.format.cutter(field: field)
      }
      file.isNew = false
      buffer.withUnsafeBytes { file.cutter.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      if count == 0 || file.cutter.isFull { file.cutter.finish() }
      file.failure = file.cutter.failure
      guard count == 0 || file.cutter.isFull || file.failure != nil else { return }
    } catch {
      file.cutter.abandonLine()
      file.failure = .system(error)
    }
    file.isAtEnd = true
  }
}
