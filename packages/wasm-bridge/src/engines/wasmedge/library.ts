import koffi, { type TypeObject } from "koffi"
import { TRIED_VERSION } from "./tried-version.ts"

/**
 * The functions of libwasmedge's C interface that the engine uses. Contexts are addresses. A value is 32 bytes: its
 * bits in the first 16, its type in the next 8; arrays of values are passed as bytes so that no call copies.
 */
export type Address = bigint

/** One function of the library; what may fail answers with a code, 0 when it went well. */
type Native<Arguments extends readonly unknown[], Result> = (...args: Arguments) => Result

/** The C type `WasmEdge_String` as it is given and as it is got. */
export interface GivenText {
  readonly Length: number
  readonly Buf: string
}

export interface GotText {
  readonly Length: number
  readonly Buf: Address
}

/** The C type `WasmEdge_Value`, where it is passed by itself. */
export interface NativeValue {
  readonly Low: number | bigint
  readonly High: number | bigint
  readonly Type: { readonly Data: Uint8Array }
  readonly Rest: number
}

/** What the guest calls: addresses of the values it gives and of the room for what it gets; answers with a code. */
export type NativeHostFunction = (data: Address, frame: Address, given: Address, results: Address) => number

type NativeType = string | TypeObject

export const VALUE_BYTES = 32
export const TYPE_OFFSET = 16

/** The stack that compiled code runs on; the most that koffi gives. The interpreter's own limit ends a run long before. */
const STACK_BYTES = 16 * 1024 * 1024

/** The C type `WasmEdge_Result` is a structure of this one number, which is passed alike and costs no object. */
const RESULT = "uint32_t"
const GIVEN_TEXT = koffi.struct({ Length: "uint32_t", Buf: "const char *" })
const GOT_TEXT = koffi.struct({ Length: "uint32_t", Buf: "void *" })
const TYPE = koffi.struct({ Data: koffi.array("uint8_t", 8, "Typed") })
/** The C type begins with a 128-bit integer; of its size and passed in memory like it. */
const VALUE = koffi.struct({ Low: "int64_t", High: "int64_t", Type: TYPE, Rest: "int64_t" })
const HOST_FUNCTION = koffi.proto("HostFunction", RESULT, ["void *", "void *", "void *", "void *"])

export type Library = ReturnType<typeof openLibrary>

export function registerHostFunction(callback: NativeHostFunction): Address {
  return koffi.register(callback, koffi.pointer(HOST_FUNCTION))
}

/** The memory at `address` without a copy. It must stay where it is for as long as the view is used. */
export function memoryView(address: Address, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(koffi.view(address, length))
}

export function givenText(text: string): GivenText {
  return { Length: Buffer.byteLength(text), Buf: text }
}

export function textOf({ Length, Buf }: GotText): string {
  return koffi.decode.string(Buf, Length)
}

export function readInteger(address: Address, type: "int32" | "int64"): number | bigint {
  return type === "int32" ? koffi.decode.int32(address) : BigInt(koffi.decode.int64(address))
}

export function writeInteger(address: Address, value: number): void {
  koffi.encode(address, "int32_t", value)
}

/** The version that a library says it is. */
export function libraryVersion(file: string): string {
  return koffi.load(file).func("WasmEdge_VersionGet", "str", [])()
}

/** Opens the library at `file`, whose version must be the one that was tried. */
export function openLibrary(file: string) {
  koffi.config({ ...koffi.config(), sync_stack_size: STACK_BYTES })
  const version = libraryVersion(file)
  if (!version.startsWith(`${TRIED_VERSION}.`)) throw new Error(`${file} is WasmEdge ${version}, not ${TRIED_VERSION}`)
  const library = koffi.load(file)
  const native = <Arguments extends readonly unknown[], Result>(
    name: string,
    result: NativeType,
    ...types: NativeType[]
  ): Native<Arguments, Result> => library.func(`WasmEdge_${name}`, result, types)
  const create = (name: string) => native<[Address | null], Address>(name, "void *", "void *")
  const find = (name: string) => native<[Address, GivenText], Address | null>(name, "void *", "void *", GIVEN_TEXT)
  native<[], void>("LogOff", "void")()
  return {
    version,
    i32: native<[], { Data: Uint8Array }>("ValTypeGenI32", TYPE)().Data,
    configure: native<[], Address>("ConfigureCreate", "void *"),
    setOutputFormat: native<[Address, number], void>("ConfigureCompilerSetOutputFormat", "void", "void *", "int"),
    compiler: create("CompilerCreate"),
    compileBytes: native<[Address, Uint8Array, number, string], number>(
      "CompilerCompileFromBuffer",
      RESULT,
      "void *",
      "void *",
      "uint64_t",
      "str",
    ),
    loader: create("LoaderCreate"),
    parse: native<[Address, BigUint64Array, Uint8Array, number], number>(
      "LoaderParseFromBuffer",
      RESULT,
      "void *",
      "void *",
      "void *",
      "uint32_t",
    ),
    validator: create("ValidatorCreate"),
    validate: native<[Address, Address], number>("ValidatorValidate", RESULT, "void *", "void *"),
    importsLength: native<[Address], number>("ASTModuleListImportsLength", "uint32_t", "void *"),
    imports: native<[Address, BigUint64Array, number], number>(
      "ASTModuleListImports",
      "uint32_t",
      "void *",
      "void *",
      "uint32_t",
    ),
    importModule: native<[Address], GotText>("ImportTypeGetModuleName", GOT_TEXT, "void *"),
    importName: native<[Address], GotText>("ImportTypeGetExternalName", GOT_TEXT, "void *"),
    importType: native<[Address, Address], Address | null>("ImportTypeGetFunctionType", "void *", "void *", "void *"),
    store: native<[], Address>("StoreCreate", "void *"),
    executor: native<[Address, null], Address>("ExecutorCreate", "void *", "void *", "void *"),
    registerImport: native<[Address, Address, Address], number>(
      "ExecutorRegisterImport",
      RESULT,
      "void *",
      "void *",
      "void *",
    ),
    instantiate: native<[Address, BigUint64Array, Address, Address], number>(
      "ExecutorInstantiate",
      RESULT,
      "void *",
      "void *",
      "void *",
      "void *",
    ),
    invoke: native<[Address, Address, Uint8Array, number, Uint8Array, number], number>(
      "ExecutorInvoke",
      RESULT,
      "void *",
      "void *",
      "void *",
      "uint32_t",
      "void *",
      "uint32_t",
    ),
    resultMessage: native<[number], string>("ResultGetMessage", "str", RESULT),
    hostModule: native<[GivenText], Address>("ModuleInstanceCreate", "void *", GIVEN_TEXT),
    addFunction: native<[Address, GivenText, Address], void>(
      "ModuleInstanceAddFunction",
      "void",
      "void *",
      GIVEN_TEXT,
      "void *",
    ),
    hostFunction: native<[Address, Address, null, number], Address>(
      "FunctionInstanceCreate",
      "void *",
      "void *",
      koffi.pointer(HOST_FUNCTION),
      "void *",
      "uint64_t",
    ),
    deleteModule: native<[Address], void>("ModuleInstanceDelete", "void", "void *"),
    findFunction: find("ModuleInstanceFindFunction"),
    findMemory: find("ModuleInstanceFindMemory"),
    findGlobal: find("ModuleInstanceFindGlobal"),
    functionType: native<[Address], Address>("FunctionInstanceGetFunctionType", "void *", "void *"),
    parametersLength: native<[Address], number>("FunctionTypeGetParametersLength", "uint32_t", "void *"),
    parameters: native<[Address, Uint8Array, number], number>(
      "FunctionTypeGetParameters",
      "uint32_t",
      "void *",
      "void *",
      "uint32_t",
    ),
    returnsLength: native<[Address], number>("FunctionTypeGetReturnsLength", "uint32_t", "void *"),
    returns: native<[Address, Uint8Array, number], number>(
      "FunctionTypeGetReturns",
      "uint32_t",
      "void *",
      "void *",
      "uint32_t",
    ),
    memoryPages: native<[Address], number>("MemoryInstanceGetPageSize", "uint32_t", "void *"),
    memoryPointer: native<[Address, number, number], Address>(
      "MemoryInstanceGetPointer",
      "void *",
      "void *",
      "uint32_t",
      "uint32_t",
    ),
    growMemory: native<[Address, number], number>("MemoryInstanceGrowPage", RESULT, "void *", "uint32_t"),
    globalValue: native<[Address], NativeValue>("GlobalInstanceGetValue", VALUE, "void *"),
    setGlobalValue: native<[Address, NativeValue], number>("GlobalInstanceSetValue", RESULT, "void *", VALUE),
  }
}
