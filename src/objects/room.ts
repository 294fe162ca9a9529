import { RoomHost } from "../../rooms/host/room.ts";
import type { RoomServices } from "../../rooms/host/services.ts";
import type { Env } from "../env.ts";
import { roomServices } from "./room-services.ts";

/** The Durable Object `Room`: a room host with this house's services. */
export class Room extends RoomHost<Env> {
  protected override services(): RoomServices {
    return roomServices(this.env);
  }
}
