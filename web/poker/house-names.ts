export { houseName, type NameOf } from "../../rooms/poker/house-names.ts";
